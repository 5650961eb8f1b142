// all forms of bind()
const dgram = require('dgram');
const { log } = require('./prelude');

const forms = [
  ['nothing', (s, f) => s.on('listening', f).bind()], ['callback', (s, f) => s.bind(f)],
  ['port', (s, f) => s.on('listening', f).bind(0)], ['port, callback', (s, f) => s.bind(0, f)],
  ['port, address', (s, f) => s.on('listening', f).bind(0, '127.0.0.1')],
  ['port, address, callback', (s, f) => s.bind(0, '127.0.0.2', f)], ['port as string', (s, f) => s.bind('0', f)],
  ['no port', (s, f) => s.bind(undefined, '127.0.0.1', f)], ['no address', (s, f) => s.bind(0, undefined, f)],
  ['empty address', (s, f) => s.bind(0, '', f)], ['no options', (s, f) => s.bind({}, f)],
  ['options', (s, f) => s.bind({ port: 0, address: '127.0.0.1' }, f)],
  ['options, address', (s, f) => s.bind({ address: '127.0.0.3' }, f)],
  ['options, exclusive', (s, f) => s.bind({ port: 0, exclusive: true }, f)],
  ['options, empty address', (s, f) => s.bind({ port: 0, address: '' }, f)],
  ['options without callback', (s, f) => s.on('listening', f).bind({ port: 0, address: '127.0.0.1' })],
  ['options, address beside', (s, f) => s.bind({ port: 0 }, '127.0.0.1', f)],
];
const next = () => {
  if (forms.length === 0) return;
  const [label, form] = forms.shift();
  const socket = dgram.createSocket('udp4');
  log(label, form(socket, () => {
    const address = socket.address();
    log(address.address, address.family, address.port > 0 && address.port < 65536);
    socket.close(next);
  }) === socket);
};
next();
