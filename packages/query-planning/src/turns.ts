/** A line in which senders take turns: whoever waits for much waits behind everybody who waits for little. */
export interface Turns<T> {
  /** False when too many of the sender's wait already. */
  add(sender: string, one: T): boolean;
  /** Takes the next out of the line. */
  next(): T | undefined;
}

export function createTurns<T>(maxOfEach: number): Turns<T> {
  /** In the order in which it is the senders' turn; without empty lines. */
  const lines = new Map<string, T[]>();
  return {
    add(sender, one) {
      const line = lines.get(sender);
      if ((line?.length ?? 0) >= maxOfEach) return false;
      if (line) line.push(one);
      else lines.set(sender, [one]);
      return true;
    },
    next() {
      for (const [sender, line] of lines) {
        const one = line.shift();
        lines.delete(sender);
        if (line.length > 0) lines.set(sender, line);
        return one;
      }
      return undefined;
    },
  };
}
