// all forms of connect()
const dgram = require('dgram');
const { log } = require('./prelude');

const forms = [
  ['port', (s, f) => s.on('connect', f).connect(9)], ['port, callback', (s, f) => s.connect(9, f)],
  ['port, address', (s, f) => s.on('connect', f).connect(9, s.type === 'udp4' ? '127.0.0.2' : '::1')],
  ['port, address, callback', (s, f) => s.connect(9, s.type === 'udp4' ? '127.0.0.3' : '::1', f)],
  ['empty address', (s, f) => s.connect(9, '', f)], ['no address', (s, f) => s.connect(9, undefined, f)],
  ['port as string', (s, f) => s.connect('9', f)], ['largest port', (s, f) => s.connect(65535, f)],
];
const run = (type, i, after) => {
  if (i === forms.length) return after();
  const [label, form] = forms[i];
  const socket = dgram.createSocket(type);
  log(label, form(socket, (...args) => {
    log(args.length, socket.remoteAddress());
    socket.close(() => run(type, i + 1, after));
  }));
};
run('udp4', 0, () => run('udp6', 0, () => log('done')));
