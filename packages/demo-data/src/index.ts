export { loadDemoData, type DemoDataOptions, type ServiceReport } from "./load-demo-data.ts";
export { DemoDataRefused } from "./demo-data.errors.ts";
