// pipe with end=false: the destination stays open and may be written to
const net = require('net');
const { log, trace } = require('./prelude');

let heard = '';
const sink = net.createServer((peer) => peer.on('data', (chunk) => { heard += chunk; }));
const source = net.createServer((peer) => peer.end('hello '));
sink.listen(0, '127.0.0.1', () => source.listen(0, '127.0.0.1', () => {
  const from = net.connect(source.address().port, '127.0.0.1');
  const to = net.connect(sink.address().port, '127.0.0.1');
  trace('to', to, ['finish', 'end', 'close']);
  from.pipe(to, { end: false });
  from.on('close', () => {
    log('from close', to.readyState, to.writableEnded, to.listenerCount('unpipe'));
    to.end('world');
  });
  to.on('close', () => {
    log('heard', heard);
    sink.close();
    source.close();
  });
}));
