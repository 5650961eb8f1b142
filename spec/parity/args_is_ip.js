// net.isIP, isIPv4, isIPv6
const net = require('net');
const { log } = require('./prelude');

for (const text of ['127.0.0.1', '0.0.0.0', '255.255.255.255', '256.0.0.1', '127.000.0.1', '1.2.3', '1.2.3.4.5', ' 1.2.3.4',
  '::', '::1', '[::1]', 'fe80::1%lo', '::ffff:127.0.0.1', '2001:db8::/32', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9', '12345::',
  '', 'localhost', 'é', '1.2.3.4\0']) {
  log(JSON.stringify(text).replace('\\u0000', '0'), net.isIP(text), net.isIPv4(text), net.isIPv6(text));
}
log(net.isIP(), net.isIP(5), net.isIP(true), net.isIP({}), net.isIPv4(127), net.isIPv6(undefined));
