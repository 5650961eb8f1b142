// pipe before either end is connected: it goes on when they are
const net = require('net');
const { log, trace } = require('./prelude');

let heard = '';
const sink = net.createServer((peer) => peer.on('data', (chunk) => { heard += chunk; }));
const source = net.createServer((peer) => peer.end('hello'));
sink.listen(0, '127.0.0.1', () => source.listen(0, '127.0.0.1', () => {
  const from = new net.Socket(), to = new net.Socket();
  to.connect(sink.address().port, '127.0.0.1');
  from.pipe(to);
  log(from.readableFlowing, from.readyState, to.readyState);
  from.connect(source.address().port, '127.0.0.1');
  trace('to', to, ['finish', 'end', 'close']);
  to.on('close', () => sink.close(() => source.close(() => log('heard', heard, from.destroyed))));
}));
