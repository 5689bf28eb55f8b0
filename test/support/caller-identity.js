// Answers sts:GetCallerIdentity, and nothing else, so that Terraform can plan what asks who calls. Ends with its parent.
// Usage: node caller-identity.js <file that gets the port>
'use strict';
const fs = require('node:fs');
const http = require('node:http');

const ACCOUNT = '111122223333';
const ANSWER = [
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>',
  `<Arn>arn:aws:iam::${ACCOUNT}:user/terraform</Arn><UserId>AIDAEXAMPLE</UserId><Account>${ACCOUNT}</Account>`,
  '</GetCallerIdentityResult></GetCallerIdentityResponse>',
].join('');

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const asked = Buffer.concat(chunks).toString().includes('Action=GetCallerIdentity');
    response.writeHead(asked ? 200 : 400, { 'content-type': 'text/xml' });
    response.end(asked ? ANSWER : '<ErrorResponse><Error><Code>NotEmulated</Code></Error></ErrorResponse>');
  });
});
server.listen(0, '127.0.0.1', () => {
  const file = process.argv[2];
  fs.writeFileSync(`${file}.new`, String(server.address().port));
  fs.renameSync(`${file}.new`, file);
});
process.stdin.on('end', () => process.exit(0)).resume();
