// removing the last 'data' listener does not stop the flow: what comes meanwhile is lost
const net = require('net');
const { log } = require('./prelude');

let socket;
const again = () => {
  log('later', socket.bytesRead, socket.readableLength, socket.readableFlowing);
  socket.on('data', (chunk) => {
    log('data', chunk);
    socket.end();
  });
  socket.write('third');
};
const server = net.createServer((peer) => peer.on('data', (chunk) => {
  peer.write(chunk);
  if (chunk.toString() === 'second') setTimeout(() => setTimeout(again, 10), 10);
}));
server.listen(0, '127.0.0.1', () => {
  socket = net.connect(server.address().port, '127.0.0.1');
  const listener = (chunk) => {
    log('data', chunk);
    socket.off('data', listener);
    log(socket.readableFlowing, socket.isPaused());
    socket.write('second');
  };
  socket.on('data', listener);
  socket.on('connect', () => socket.write('first'));
  socket.on('close', () => server.close());
});
