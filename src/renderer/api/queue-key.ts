import type { Query } from '@tanstack/react-query'

/**
 * Everything but the review's queues: a hundred thousand lines are not read again for something that changed none of them, or one that was
 * changed where it stands.
 */
export const isNoQueue = ({ queryKey: [path] }: Pick<Query, 'queryKey'>): boolean => !(Array.isArray(path) && path[0] === 'review' && path[1] === 'queue')
