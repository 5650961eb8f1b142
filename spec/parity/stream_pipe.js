// pipe to another socket: 'pipe' inside the call, the data, the end, 'unpipe'
const net = require('net');
const { log, trace } = require('./prelude');

let heard = '';
const sink = net.createServer((peer) => peer.on('data', (chunk) => { heard += chunk; }));
const source = net.createServer((peer) => peer.end('hello'));
sink.listen(0, '127.0.0.1', () => source.listen(0, '127.0.0.1', () => {
  const from = net.connect(source.address().port, '127.0.0.1');
  const to = net.connect(sink.address().port, '127.0.0.1');
  to.on('pipe', (src) => log('pipe', src === from));
  to.on('unpipe', (src) => log('unpipe', src === from, to.writableEnded));
  log('returns', from.pipe(to) === to, from.readableFlowing);
  from.on('end', () => log('from end', to.writableEnded));
  trace('to', to, ['prefinish', 'finish', 'end', 'close']);
  to.on('close', () => {
    log('heard', heard);
    sink.close();
    source.close();
  });
}));
