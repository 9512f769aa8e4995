import { seedId } from "@clic/seed-data";
import type { WorkItemType } from "./work-item.rules.ts";

interface Founding {
  readonly type: WorkItemType;
  /** Codes of the workstreams that the title names. */
  readonly workstreams?: readonly string[];
}

/**
 * The type of each piece of work that the founding report names, with the reason. The report sorts its work otherwise, so
 * this is a judgement; a type is for ever, since the id carries it.
 */
export const foundingWorkItems: Readonly<Record<string, Founding>> = {
  // E-learning, rolled out to practices: people learn.
  "founding-work-item-1": { type: "LearningInitiative" },
  // The workshops themselves. The report speaks of the two as one piece of work, and so does this.
  "founding-work-item-2": { type: "Rpiw" },
  // Training.
  "founding-work-item-3": { type: "LearningInitiative" },
  // People come to know improvement methods; no service is changed by it yet.
  "founding-work-item-4": { type: "LearningInitiative" },
  // A service is developed.
  "founding-work-item-5": { type: "ImprovementProject", workstreams: ["frail-elderly"] },
  // The report puts it under education and learning.
  "founding-work-item-6": { type: "LearningInitiative" },
  // The report puts it under the production system, and a workbook is no workshop.
  "founding-work-item-7": { type: "ImprovementProject" },
  // As above: a network that carries improvement.
  "founding-work-item-8": { type: "ImprovementProject" },
  // The report puts it under leadership.
  "founding-work-item-9": { type: "LeadershipInitiative" },
  // Training.
  "founding-work-item-10": { type: "LearningInitiative" },
  // A profession's development; what is known of it is what its people will learn.
  "founding-work-item-11": { type: "LearningInitiative" },
  // Continuous improvement of four named workstreams.
  "founding-work-item-12": {
    type: "ImprovementProject",
    workstreams: ["primary-care-communities", "frail-elderly", "pain-management", "urgent-care"],
  },
  // Workshops to come.
  "founding-work-item-13": { type: "Rpiw" },
  // Learning, by its own name.
  "founding-work-item-14": { type: "LearningInitiative" },
  // Standards are shared to be learned from; adopting them is each organisation's own work.
  "founding-work-item-15": { type: "LearningInitiative" },
  // A training needs analysis and a curriculum.
  "founding-work-item-16": { type: "LearningInitiative" },
};

/** The global id of a founding work item by its key. Throws for a key without a type above. */
export function foundingWorkItemId(key: string): string {
  const one = foundingWorkItems[key];
  if (one === undefined) throw new Error(`The founding work item ${key} has no type yet.`);
  return seedId(one.type, key);
}
