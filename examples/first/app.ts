// The example that opens the README of the workspace.
import { App } from 'aws-cdk-lib/core';
import { buildEstate } from './estate';

const app = new App({ builtinCloudFormationValidation: false });
buildEstate(app);
app.synth();
