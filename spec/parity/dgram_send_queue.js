// getSendQueueSize() and getSendQueueCount(): nothing waits for long
const dgram = require('dgram');
const { log } = require('./prelude');

const socket = dgram.createSocket('udp4');
const show = (label) => log(label, socket.getSendQueueSize(), socket.getSendQueueCount());
show('unbound');
socket.bind(0, '127.0.0.1', () => {
  show('bound');
  socket.connect(9, '127.0.0.1', () => {
    show('connected');
    socket.send('hello', () => {
      show('told');
      socket.close();
    });
    show('sent');
  });
  show('connecting');
});
show('binding');
socket.on('error', () => {});
