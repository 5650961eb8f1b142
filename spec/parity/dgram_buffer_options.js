// the options recvBufferSize and sendBufferSize hold when 'listening' comes
const dgram = require('dgram');
const { log } = require('./prelude');

const run = (options, after) => {
  const socket = dgram.createSocket(options);
  socket.bind(0, '127.0.0.1', () => {
    log(options.recvBufferSize && socket.getRecvBufferSize(), options.sendBufferSize && socket.getSendBufferSize());
    socket.close(after);
  });
};
run({ type: 'udp4', recvBufferSize: 10000, sendBufferSize: 12000 }, () => {
  run({ type: 'udp4', recvBufferSize: 8192 }, () => {
    run({ type: 'udp4', sendBufferSize: 8192 }, () => {
      const sender = dgram.createSocket({ type: 'udp4', sendBufferSize: 9000 });
      sender.send('x', 9, '127.0.0.1', () => {
        log(sender.getSendBufferSize());
        sender.close();
      });
    });
  });
});
