import { Skeleton } from 'antd';
import { lazy, Suspense, type ComponentType } from 'react';

/** A part of a page that is fetched when it is shown: what lies behind a tab does not delay what is before it. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Part = lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>;
  return function LazyPart(props: P) {
    return (
      <Suspense fallback={<Skeleton active title={false} />}>
        <Part {...props} />
      </Suspense>
    );
  };
}
