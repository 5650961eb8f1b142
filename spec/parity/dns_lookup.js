// lookup of what needs no name server: IPs, nothing at all, names that cannot be
const dns = require('dns');
const { log } = require('./prelude');

const steps = [
  ['127.0.0.1'], ['::1'], ['127.0.0.1', 6], ['::1', { family: 4 }], ['fe80::1%lo'],
  ['127.0.0.1', { all: true }], ['::1', { all: true, family: 'IPv4' }],
  ['localhost', { family: 4 }], ['localhost', { family: 'IPv4', all: true }], ['localhost', { family: 4, order: 'ipv6first' }],
  ['localhost', { family: 4, hints: dns.ADDRCONFIG, verbatim: false }],
  ['no..name'], ['no..name', { all: true }], ['x'.repeat(64) + '.invalid'],
];

function next() {
  const step = steps.shift();
  if (!step) return;
  let sync = true;
  dns.lookup(...step, (err, address, family) => {
    log(step[0].length, sync, err, address, family);
    if (err) log(err.code, err.errno, err.syscall, err.hostname.length);
    next();
  });
  sync = false;
}
next();
