// pauseOnConnect: readableFlowing and isPaused of the accepted socket, and a 'data' listener does not resume it
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer({ pauseOnConnect: true }, (peer) => {
  log(peer.isPaused(), peer.readableFlowing, peer.readableLength, peer.bytesRead);
  trace('peer', peer, ['pause', 'resume', 'data', 'end', 'close']);
  setTimeout(() => {
    log(peer.isPaused(), peer.readableFlowing, peer.readableLength, peer.bytesRead);
    peer.resume();
    log(peer.isPaused(), peer.readableFlowing);
  }, 20);
  peer.on('close', () => server.close());
});
server.listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').resume().end('hello');
});
