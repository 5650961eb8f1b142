// several destinations: each gets everything and the end
const net = require('net');
const { log } = require('./prelude');

let heard = '', open = 3, unpiped = 0;
const sink = net.createServer((peer) => {
  let mine = '';
  peer.on('data', (chunk) => { mine += chunk; });
  peer.on('end', () => { heard += `(${mine})`; });
  peer.on('close', () => {
    open -= 1;
    if (open === 0) sink.close(() => log('heard', heard, unpiped));
  });
});
const source = net.createServer((peer) => peer.end('hello'));
sink.listen(0, '127.0.0.1', () => source.listen(0, '127.0.0.1', () => {
  const from = net.connect(source.address().port, '127.0.0.1');
  for (const name of ['a', 'b', 'c']) {
    const to = net.connect(sink.address().port, '127.0.0.1');
    to.on('pipe', (src) => log('pipe', name, src === from));
    to.on('unpipe', () => { unpiped += 1; });
    from.pipe(to);
  }
  from.on('close', () => source.close());
}));
