// An app of plain aws-cdk-lib constructs, with mistakes that synthesize silently: `npm run example:existing`.
import { App } from 'aws-cdk-lib/core';
import { buildEstate } from './estate';

const app = new App({ builtinCloudFormationValidation: false });
buildEstate(app);
app.synth();
