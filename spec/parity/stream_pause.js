// pause() and resume(): the events, the flags, and that nothing is delivered between them
const net = require('net');
const { log, trace } = require('./prelude');

let socket;
const resume = () => {
  log('paused', socket.readableLength, socket.bytesRead);
  log('resume returns', socket.resume(), socket.readableFlowing, socket.isPaused(), socket.readableLength);
};
const server = net.createServer((peer) => peer.on('data', (chunk) => {
  peer.write(chunk);
  if (chunk.toString() === 'second') setTimeout(() => setTimeout(resume, 10), 10);
}));
server.listen(0, '127.0.0.1', () => {
  socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('data', (chunk) => {
    log('data', chunk, socket.readableFlowing, socket.isPaused());
    if (chunk.toString() === 'second') return socket.end();
    log('pause returns', socket.pause(), socket.readableFlowing, socket.isPaused());
    socket.pause();
    socket.write('second');
  });
  trace('socket', socket, ['pause', 'resume', 'end', 'close']);
  socket.on('connect', () => socket.write('first'));
  socket.on('close', () => server.close());
});
