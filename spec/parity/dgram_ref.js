// ref() and unref() return the socket, in every state
const dgram = require('dgram');
const { log } = require('./prelude');

const socket = dgram.createSocket('udp4');
const both = (label) => log(label, socket.ref() === socket, socket.unref() === socket, socket.ref().unref().ref() === socket);
both('unbound');
socket.bind(0, () => {
  both('bound');
  socket.connect(9, () => {
    both('connected');
    socket.close(() => both('closed'));
    both('closing');
  });
});
both('binding');
