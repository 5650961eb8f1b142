// a destination that is destroyed or ended is let go; the source goes on without it, paused
const net = require('net');
const { log, trace } = require('./prelude');

const source = net.createServer((peer) => peer.write('hello'));
const sink = net.createServer((peer) => peer.on('error', () => { }).resume());
sink.listen(0, '127.0.0.1', () => source.listen(0, '127.0.0.1', () => {
  const from = net.connect(source.address().port, '127.0.0.1');
  const to = net.connect(sink.address().port, '127.0.0.1');
  to.on('unpipe', (src) => log('unpipe', src === from, to.destroyed, from.destroyed));
  trace('to', to, ['finish', 'error', 'close']);
  from.pipe(to);
  from.once('data', (chunk) => {
    log('data', chunk);
    to.destroy();
  });
  to.on('close', () => {
    log(from.destroyed, from.readyState, from.readableFlowing, from.isPaused());
    from.destroy();
    sink.close(() => source.close(() => log('closed')));
  });
}));
