// every type of record, answered by a name server of ours
const dgram = require('dgram');
const dns = require('dns');
const { log } = require('./prelude');

const name = (text) => text.split('.').map((label) => String.fromCharCode(label.length) + label).join('') + (text ? '\0' : '');
const short = (n) => String.fromCharCode(n >> 8, n & 255);
const long = (n) => short(n >>> 16) + short(n & 65535);
const text = (s) => String.fromCharCode(s.length) + s;
const A = 1, NS = 2, CNAME = 5, SOA = 6, PTR = 12, MX = 15, TXT = 16, AAAA = 28, SRV = 33, NAPTR = 35, CAA = 257, ANY = 255;
const answers = {
  [A]: [[CNAME, 7, name('other.example')], [A, 60, '\x01\x02\x03\x04'], [A, 5, '\xff\0\0\x01']],
  [AAAA]: [[AAAA, 9, '\x20\x01\x0d\xb8' + '\0'.repeat(11) + '\x01']],
  [NS]: [[NS, 1, name('ns1.a.example')], [NS, 1, '\x03ns2\xc0\x0c']],
  [CNAME]: [[CNAME, 1, name('other.example')]],
  [PTR]: [[PTR, 1, name('p.example')]],
  [MX]: [[MX, 1, short(10) + name('mx.example')], [MX, 1, short(20) + '\x02mx\xc0\x0c']],
  [TXT]: [[TXT, 1, text('one') + text('two')], [TXT, 1, text('')]],
  [SRV]: [[SRV, 1, short(1) + short(2) + short(5060) + name('sip.example')]],
  [NAPTR]: [[NAPTR, 1, short(100) + short(10) + text('s') + text('SIP+D2U') + text('') + name('_sip._udp.example')]],
  [CAA]: [[CAA, 1, '\x80' + text('issue') + 'ca.example'], [CAA, 1, '\0' + text('iodef') + 'mailto:a@b']],
  [SOA]: [[SOA, 1, name('ns.example') + name('me') + long(20240101) + long(3600) + long(600) + long(86) + long(4000000000)]],
};
answers[ANY] = [answers[A][1], answers[AAAA][0], answers[MX][0], answers[NS][0], answers[TXT][0], answers[SOA][0]];

const server = dgram.createSocket('udp4', (message, peer) => {
  const question = message.toString('latin1');
  const end = question.indexOf('\0', 12) + 5;
  const list = answers[message.readUInt16BE(end - 4)];
  let answer = question.slice(0, 2) + '\x81\x80\0\x01' + short(list.length) + '\0\0\0\0' + question.slice(12, end);
  for (const [type, ttl, data] of list) answer += '\xc0\x0c' + short(type) + '\0\x01' + long(ttl) + short(data.length) + data;
  server.send(Buffer.from(answer, 'latin1'), peer.port, peer.address);
});

server.bind(0, '127.0.0.1', () => {
  const resolver = new dns.Resolver();
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  const steps = ['resolve4', 'resolve6', 'resolveNs', 'resolveCname', 'resolvePtr', 'resolveMx', 'resolveTxt', 'resolveSrv',
    'resolveNaptr', 'resolveCaa', 'resolveSoa', 'resolveAny', 'A', 'SOA'];
  const next = () => {
    const step = steps.shift();
    const told = (err, found) => {
      for (const one of Array.isArray(found) ? found : [found]) log(step, err, one);
      next();
    };
    if (!step) {
      resolver.resolve4('a.example', { ttl: true }, (err, found) => {
        log(err, found);
        server.close();
      });
    } else if (resolver[step]) resolver[step]('a.example', told);
    else resolver.resolve('a.example', step, told);
  };
  next();
});
