import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '../../server/services/find-on-path';

const MAVEN_TIMEOUT_MS = 10 * 60_000;

interface Artifact {
  group: string;
  artifact: string;
  version: string;
}

/** Puts a Java program from Maven Central with all it needs into `lib` of a folder. Throws where it can't be had. */
export async function fromMaven(folder: string, { group, artifact, version }: Artifact): Promise<void> {
  const maven = findOnPath('mvn');
  if (!maven || !findOnPath('java')) throw new Error('no mvn and java on the PATH');
  const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>cn.onevisit</groupId><artifactId>test-server</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>
  </dependency></dependencies>
</project>
`;
  writeFileSync(path.join(folder, 'pom.xml'), pom);
  const goal = ['dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime'];
  try {
    await promisify(execFile)(maven, ['-q', '-B', ...goal], { cwd: folder, timeout: MAVEN_TIMEOUT_MS });
  } catch (error) {
    const { stdout, message } = error as Error & { stdout?: string };
    throw new Error(/^\[ERROR\] (.*)$/m.exec(stdout ?? '')?.[1] ?? message, { cause: error });
  }
}
