// the numbers and codes that fs and dns name
const fs = require('fs');
const dns = require('dns');
const { log } = require('./prelude');

const ours = new Set(['O_DIRECT', 'O_DIRECTORY', 'O_NOFOLLOW']); // another number on each kind of machine
for (const name of Object.keys(fs.constants).sort()) {
  if (!/^UV_|^EXTENSIONLESS_/.test(name)) log(name, ours.has(name) ? typeof fs.constants[name] : fs.constants[name]);
}
for (const name of Object.keys(dns).sort()) if (/^[A-Z0-9_]+$/.test(name)) log(name, dns[name]);
