// a table of options makes as many sockets as one likes, and stays as it was
const dgram = require('dgram');
const { log } = require('./prelude');

const options = { type: 'udp4', reuseAddr: true, sendBufferSize: 8192, own: 'field' };
const address = { port: 0, address: '127.0.0.1' };
const before = `${Object.keys(options).length} ${Object.keys(address).length}`;
let open = 3;
for (let i = 1; i <= 3; i++) {
  const socket = dgram.createSocket(options);
  socket.bind(address, () => {
    log(i, socket.address().address, socket.getSendBufferSize());
    socket.close(() => {
      open -= 1;
      if (open === 0) log(`${Object.keys(options).length} ${Object.keys(address).length}` === before, address.port, options.type);
    });
  });
}
