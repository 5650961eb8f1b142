// the places where a backlog may stand; one that is no number is ignored
const net = require('net');
const { log, tmp } = require('./prelude');

const path = tmp('backlog.sock');
const forms = [
  ['port, backlog', [0, 5]],
  ['port, host, backlog', [0, '127.0.0.1', 5]],
  ['path, backlog', [path, 5]],
  ['options', [{ port: 0, host: '127.0.0.1', backlog: 5 }]],
  ['backlog as a string', [0, '127.0.0.1', 'x']],
  ['backlog 0', [{ port: 0, backlog: 0 }]],
  ['backlog -1', [{ port: 0, backlog: -1 }]],
];
function next() {
  const [name, args] = forms.shift() || [];
  if (!name) return;
  const server = net.createServer((socket) => server.close(next) && socket.destroy());
  server.listen(...args, () => {
    log(name, typeof server.address() === 'string' ? server.address() : server.address().address);
    net.connect(args[0] === path ? { path } : { port: server.address().port, host: '127.0.0.1' }).resume();
  });
}
next();
