// times that do not fit are warned of and count as 1 ms
const { log } = require('./prelude');

process.removeAllListeners('warning');
process.on('warning', (warning) => log(warning.name, warning.message));
for (const ms of [2147483647, 2147483648, 2147483648.5, 4294967296, 1e300, Infinity]) {
  const timer = setTimeout(() => {}, ms);
  if (ms === 2147483647) clearTimeout(timer);
}
clearInterval(setInterval(() => {}, 2147483648));
