// udp.js - the benchmark's UDP servers for Node: udp.js MODE PORT
'use strict';
const dgram = require('dgram');

const [mode, port] = process.argv.slice(2);
const socket = dgram.createSocket('udp4');
const COUNT = Buffer.from('count');
const JOIN = Buffer.from('join');

let counted = 0;
const peers = [];

const modes = {
  echo(message, from) {
    socket.send(message, from.port, from.address);
  },

  count(message, from) {
    if (message.equals(COUNT)) socket.send(String(counted), from.port, from.address);
    else counted += 1;
  },

  fanout(message, from) {
    if (message.equals(JOIN)) {
      peers.push(from);
      socket.send(message, from.port, from.address);
      return;
    }
    for (const peer of peers) socket.send(message, peer.port, peer.address);
  },
};

socket.on('message', modes[mode]);
socket.bind(Number(port), '127.0.0.1', () => console.log(`port ${socket.address().port}`));
