// back-pressure through a pipe: four megabytes arrive, slowly read at first
const net = require('net');
const { log } = require('./prelude');

let total = 0, pauses = 0;
const sink = net.createServer((peer) => {
  peer.on('data', (chunk) => {
    total += chunk.length;
    if (pauses < 3) {
      pauses += 1;
      peer.pause();
      setTimeout(() => peer.resume(), 5);
    }
  });
  peer.on('end', () => log('total', total));
  peer.on('close', () => sink.close(() => log('closed', pauses)));
});
const source = net.createServer((peer) => {
  for (let i = 0; i < 16; i++) peer.write('x'.repeat(250000));
  peer.end(() => {
    log('written', peer.bytesWritten);
    source.close();
  });
});
sink.listen(0, '127.0.0.1', () => source.listen(0, '127.0.0.1', () => {
  net.connect(source.address().port, '127.0.0.1').pipe(net.connect(sink.address().port, '127.0.0.1'));
}));
