import { exposeApi } from './expose.ts';

exposeApi('car');
