// hello.js - the row start-up
console.log('hello');
