// sizes of buffers: twice what was set; none before bind()
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
for (const method of ['getRecvBufferSize', 'getSendBufferSize']) attempt(method, () => socket[method]());
for (const method of ['setRecvBufferSize', 'setSendBufferSize']) {
  attempt(method, () => socket[method](4096));
  attempt('size first', () => socket[method](-1));
}
try { socket.getRecvBufferSize(); } catch (err) {
  log(err.name, err.code, err.errno, err.syscall, err.info.code, err.info.errno, err.info.message, err.info.syscall);
}
socket.bind(0, '127.0.0.1', () => {
  attempt('setRecvBufferSize', () => socket.setRecvBufferSize(8192));
  attempt('setSendBufferSize', () => socket.setSendBufferSize(16384));
  log(socket.getRecvBufferSize(), socket.getSendBufferSize());
  for (const method of ['setRecvBufferSize', 'setSendBufferSize']) {
    for (const size of [-1, 1.5, 4294967296, '8192', true, false, 2147483648, 4294967295]) {
      attempt(`${method} ${size}`, () => socket[method](size));
    }
    attempt('nothing', () => socket[method]());
    attempt('object', () => socket[method]({}));
    attempt('nan', () => socket[method](0 / 0));
    attempt('0 asks only', () => socket[method](0));
  }
  log(socket.getRecvBufferSize(), socket.getSendBufferSize());
  socket.close();
});
