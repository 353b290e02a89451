//! The TIS Revalidation system of NHS England: the only place that joins the engine and its definitions.

pub mod config;
pub mod dto;
pub mod enums;
pub mod golden;
pub mod leaf;
pub mod mapping;

use crate::mapping::Catalogue;

/// The real system.
pub static CATALOGUE: Catalogue =
    Catalogue { dtos: dto::DTOS, configs: config::CONFIGS, mappings: mapping::MAPPINGS, goldens: golden::GOLDENS };
