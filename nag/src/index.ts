export * from './holdfast-pack';
