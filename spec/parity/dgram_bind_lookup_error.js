// a lookup that fails: 'error' with the very same, unbound again; one that answers at once does so inside of bind()
const dgram = require('dgram');
const { log, trace } = require('./prelude');

const failure = new Error('no such name');
let answer = (done) => setImmediate(() => done(failure));
const lookup = (host, family, done) => (host === 'some.name' ? answer(done) : process.nextTick(done, null, host, family));
const socket = trace('socket', dgram.createSocket({ type: 'udp6', lookup: lookup }), ['listening', 'error', 'close']);
socket.bind(0, 'some.name', () => log('never'));
socket.once('error', (err) => {
  log(err === failure, socket.listenerCount('listening'));
  answer = (done) => done(failure);
  socket.once('error', () => {
    log('inside');
    answer = (done) => done(null, 'no.ip');
    socket.once('error', (third) => {
      log(third.code, third.syscall, third.address);
      answer = (done) => done(null, '::1');
      socket.bind(0, 'some.name');
      log('bound', socket.address().address);
      socket.close();
    });
    socket.bind(0, 'some.name');
  });
  socket.bind(0, 'some.name', () => log('never'));
  log('bind returned');
});
