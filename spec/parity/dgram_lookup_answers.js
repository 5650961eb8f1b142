// a lookup that answers what is no address of the family: EINVAL, in all that ask it
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const tasks = [];
for (const ip of ['', 'no ip', '::1', '127.1', ' 127.0.0.1']) {
  for (const kind of ['send', 'connect', 'connect unheard', 'bind']) tasks.push([ip, kind]);
}
const next = () => {
  if (tasks.length === 0) return;
  const [ip, kind] = tasks.shift();
  const lookup = (host, family, done) => {
    if (!host.endsWith('.name')) return process.nextTick(done, null, host, family);
    setImmediate(() => attempt('lookup', () => done(null, ip, 4)));
  };
  const socket = dgram.createSocket({ type: 'udp4', lookup: lookup });
  const report = (name) => (err, bytes) => {
    log(`"${ip}"`, kind, name, err, err && err.syscall, err && err.port, bytes);
    socket.close(next);
  };
  socket.on('error', report('error'));
  if (kind === 'bind') return socket.bind(0, 'a.name', report('bound'));
  socket.bind(0, '127.0.0.1', () => {
    if (kind === 'send') socket.send('x', 9, 'a.name', report('callback'));
    else if (kind === 'connect') socket.connect(9, 'a.name', report('callback'));
    else socket.connect(9, 'a.name');
  });
};
next();
