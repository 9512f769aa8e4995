import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { composeSupergraph, placeholderUrl } from "../../../gateway/src/compose.ts";
import { listServices } from "../../codegen/src/list-services.ts";
import type { Check } from "./check.ts";

export const check: Check = {
  name: "composition",
  cure: "change the SDL so that the services agree, then npm run generate; the codes are explained in Apollo's composition reference",
  async findProblems(root) {
    const names = listServices(root);
    const missing = names.filter((name) => !existsSync(join(root, "services", name, "schema.graphql")));
    if (missing.length > 0) return missing.map((name) => `services/${name}/schema.graphql: is missing`);
    const subgraphs = names.map((name) => {
      const sdl = readFileSync(join(root, "services", name, "schema.graphql"), "utf8");
      return { name, url: placeholderUrl(name), sdl };
    });
    const composition = composeSupergraph(subgraphs);
    return Promise.resolve(composition.composed ? [] : composition.errors);
  },
};
