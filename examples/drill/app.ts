// A shop whose backups outlive ransomware: `npx cdk synth` here, and node drill.js of its README to see it happen.
import { App } from 'aws-cdk-lib/core';
import { buildEstate } from './estate';

const app = new App({ builtinCloudFormationValidation: false });
buildEstate(app);
app.synth();
