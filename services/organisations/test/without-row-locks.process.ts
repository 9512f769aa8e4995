// For `node --import`: a service whose reads take no row lock, as the control of a race.
import { EntityManager } from "@mikro-orm/core";

const prototype = EntityManager.prototype as unknown as { findOne: (...args: any[]) => unknown };
const { findOne } = prototype;
prototype.findOne = function (entity: unknown, where: unknown, options: object = {}): unknown {
  return findOne.call(this, entity, where, { ...options, lockMode: undefined });
};
