/** Whether PostgreSQL refused a change because of the constraint with this name. */
export function violatesConstraint(error: unknown, constraint: string): boolean {
  return (error as { constraint?: unknown } | null)?.constraint === constraint;
}
