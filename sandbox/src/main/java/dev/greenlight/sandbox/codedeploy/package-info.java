/** CodeDeploy on the laptop: real bundles unpacked on the instances' own disks, their appspec.yml followed, their scripts run. */
package dev.greenlight.sandbox.codedeploy;
