//! Reading the sources of a service: which classes reach a wire, what their keys are, and how its mappers are configured.
//!
//! A **tree** is read from the work tree or from a git revision; its Java files are parsed once each, by content. From
//! their declarations come the tables of [`crate::model`], with places for everything beside them ([`java::class::Facts`]).
//! [`spring`] finds the classes that reach a wire; [`config`] the mapper configuration in force. [`diff`] compares two
//! trees, and the rules of [`rule`] say what that means for whoever is at the other end.
//!
//! # Invariants
//!
//! - The identity of a class is its path and its name there. Order comes from paths and places.
//! - What is not understood is listed as [`place::Unread`], never guessed.
//! - Sources of tests are no wire, and application files of tests are no configuration.
//! - Nothing is written, no link is followed, no work tree is touched.

pub mod accepted;
pub mod config;
pub mod diff;
pub mod drift;
pub mod fill;
pub mod gate;
pub mod import;
pub mod java;
pub mod opaque;
pub mod place;
pub mod report;
pub mod rule;
pub mod spring;
pub mod tree;
