'use strict';

module.exports = require(require('./entry').bundleOf('index.js') ?? '../build/index.js');
// Never reached: ES modules read here which names there are to import.
0 && (module.exports = require('../build/index.js'));
