// Preloaded into a gateway under test: answers any message with the longest that its event loop was busy since the last
// one, and how long altogether, in milliseconds of the thread's own CPU time, so that what else the machine does is not
// counted.
const TICK_MS = 5;

let longest = 0;
let before = process.threadCpuUsage();

function look(): void {
  const { user, system } = process.threadCpuUsage(before);
  before = process.threadCpuUsage();
  longest = Math.max(longest, (user + system) / 1_000);
}

setInterval(look, TICK_MS).unref();
process.on("message", () => {
  look();
  const { user, system } = before;
  process.send!({ longest, altogether: (user + system) / 1_000 });
  longest = 0;
});
process.channel?.unref();
