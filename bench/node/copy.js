// copy.js - a file through a socket and back into a file, for Node: copy.js FILE PORT TARGET
'use strict';
const fs = require('fs');
const net = require('net');

const [source, port, target] = process.argv.slice(2);
const socket = net.connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
fs.createReadStream(source).pipe(socket).pipe(fs.createWriteStream(target));
