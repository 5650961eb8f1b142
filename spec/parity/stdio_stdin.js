// process.stdin as /dev/null: a file that is read to its end, and stays open
const { log, trace } = require('./prelude');

const input = process.stdin;
log(input === process.stdin, input.fd, input.isTTY, input.readableFlowing, input.readable, input.destroyed);
trace('in', input, ['open', 'ready', 'data', 'pause', 'resume', 'end', 'close']);
input.on('end', () => setImmediate(() => log(input.readableEnded, input.destroyed, input.closed)));
