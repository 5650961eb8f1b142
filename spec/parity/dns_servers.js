// getServers and setServers, of the module and of a Resolver
const dns = require('dns');
const { log, attempt } = require('./prelude');

for (const servers of [5, [5], ['x'], ['127.0.0.1:'], ['127.0.0.1', 'localhost'], ['::1:x'], ['[::1']]) {
  attempt('setServers', () => dns.setServers(servers));
}
const resolver = new dns.Resolver();
for (const servers of [['127.0.0.1'], ['::1', '[::1]', '[::1]:53', '[::1]:5353'], ['1.2.3.4:53', '1.2.3.4:54']]) {
  dns.setServers(servers);
  resolver.setServers(servers);
  log(dns.getServers(), resolver.getServers());
}
const list = dns.getServers();
list.push('x');
log(dns.getServers());
resolver.setServers([]);
log(resolver.getServers().length);
for (const options of [{ timeout: 'x' }, { timeout: -2 }, { timeout: 1.5 }, { tries: 0 }, { tries: 'x' }, { tries: 1.5 }]) {
  attempt('Resolver', () => new dns.Resolver(options));
}
attempt('no address', () => resolver.setLocalAddress());
for (const [ipv4, ipv6] of [['x'], ['1.2.3.4', '1.2.3.4'], ['::1', '::2'], ['127.0.0.1', 'x'], ['127.0.0.1', 5]]) {
  attempt('setLocalAddress', () => resolver.setLocalAddress(ipv4, ipv6));
}
attempt('in turn', () => resolver.setLocalAddress('::1', '127.0.0.1'));
