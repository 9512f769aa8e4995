import { typeOfGlobalId } from "@clic/global-id";

const types = ["LearningInitiative", "Rpiw", "ImprovementProject", "LeadershipInitiative"] as const;
export type WorkItemType = (typeof types)[number];

/** A work item as Events knows it: its id, and the type that the id's prefix tells. */
export interface WorkItemReference {
  readonly __typename: WorkItemType;
  readonly id: string;
}

/** The work item that an id names; null when it is the id of something else. Says nothing about whether it exists. */
export function workItemReference(id: string): WorkItemReference | null {
  const type = typeOfGlobalId(id);
  const found = types.find((one) => one === type);
  return found === undefined ? null : { __typename: found, id };
}
