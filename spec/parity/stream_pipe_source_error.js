// an error of the source is not passed on: the destination stays open
const net = require('net');
const { log, trace } = require('./prelude');

let heard = '';
const source = net.createServer((peer) => peer.on('error', () => { }).write('hello'));
const sink = net.createServer((peer) => peer.on('data', (chunk) => { heard += chunk; }));
sink.listen(0, '127.0.0.1', () => source.listen(0, '127.0.0.1', () => {
  const from = trace('from', net.connect(source.address().port, '127.0.0.1'), ['end', 'error', 'close']);
  const to = trace('to', net.connect(sink.address().port, '127.0.0.1'), ['finish', 'error', 'close']);
  from.pipe(to);
  from.on('data', () => from.destroy(new Error('broken')));
  from.on('close', () => setImmediate(() => {
    log(to.destroyed, to.writableEnded);
    to.end();
  }));
  to.on('close', () => sink.close(() => source.close(() => log('heard', heard))));
}));
