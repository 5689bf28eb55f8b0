// Each driver of content passes one suite; what only some of them do is in tests of their own.
import { BUCKET } from './bucket-subject';
import { FILE_TREE } from './file-subject';
import { BLOCK_IMAGE, INSTANCE_IMAGES, RAW_IMAGE } from './image-subject';
import { OWN } from './own-subject';
import { suite } from './suite';

[FILE_TREE, BLOCK_IMAGE, RAW_IMAGE, INSTANCE_IMAGES, BUCKET, OWN].forEach(suite);
