// unpipe: 'unpipe' inside the call, the source stops; what comes then waits for the next reader
const net = require('net');
const { log, trace } = require('./prelude');

const source = net.createServer((peer) => peer.on('data', (chunk) => peer.end(chunk)).write('first '));
const sink = net.createServer((peer) => peer.resume());
sink.listen(0, '127.0.0.1', () => source.listen(0, '127.0.0.1', () => {
  const from = net.connect(source.address().port, '127.0.0.1');
  const to = net.connect(sink.address().port, '127.0.0.1');
  to.on('unpipe', (src) => log('unpipe', src === from));
  from.pipe(to);
  from.once('data', (chunk) => {
    log('data', chunk, from.readableFlowing);
    log('returns', from.unpipe(to) === from, from.readableFlowing, from.isPaused());
    log('again', from.unpipe(to) === from, from.unpipe() === from);
    from.write('second');
    setTimeout(() => setTimeout(() => {
      log('later', from.readableFlowing, to.bytesWritten, to.writableEnded);
      trace('from', from, ['data', 'end', 'close']);
      from.resume();
    }, 10), 10);
  });
  from.on('close', () => to.end());
  to.on('close', () => sink.close(() => source.close()));
}));
