export { RequestRefused } from "./request-refused.ts";
export { inflate } from "./inflate.ts";
export { refuseJsonShape, type JsonLimits } from "./json-shape.ts";
export { refuseOtherThanUtf8 } from "./utf8.ts";
export { createRateLimit, type RateLimit, type RateLimitOptions, type RateLimitVerdict } from "./rate-limit.ts";
export { networkOf } from "./network.ts";
export { createOverload, type Guest, type Overload, type OverloadOptions } from "./overload.ts";
