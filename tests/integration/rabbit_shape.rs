//! The replay of H08: the gateway read connection's list into the class of a Rabbit message, which has no place for five
//! of its keys.

use dtogate::datetime::LocalDate;
use dtogate::java::boxed::LongObject;
use dtogate::java::types::{Flag, List, Long, Text};
use dtogate::mapping::{Catalogue, MapError, Mapper, Mapping, Probing, Values, Wire, typed};
use dtogate::model::Dto;
use dtogate::tis;
use dtogate::tis::config::EXPLICIT_BEAN;
use dtogate::tis::mapping::connections_connected;

const SOURCE: &str = "tis-revalidation-integration, router/message/payload/ConnectionInfoDto.java: the shape of M02";

/// A row with the sixteen fields of M02.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "integration.ConnectionInfoDto", source = SOURCE, unknown = Ignore)]
pub(crate) struct RabbitRow {
    tcs_person_id: LongObject,
    gmc_reference_number: Text,
    doctor_first_name: Text,
    doctor_last_name: Text,
    submission_date: LocalDate,
    programme_name: Text,
    programme_membership_type: Text,
    designated_body: Text,
    tcs_designated_body: Text,
    programme_owner: Text,
    placement_grade: Text,
    programme_membership_start_date: LocalDate,
    programme_membership_end_date: LocalDate,
    curriculum_end_date: LocalDate,
    data_source: Text,
    sync_end: Flag,
}

/// The list of such rows.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "integration.ConnectionSummaryDto", source = SOURCE, unknown = Ignore)]
pub(crate) struct RabbitList {
    count_total: Long,
    count_under_notice: Long,
    total_pages: Long,
    total_results: Long,
    connections: List<RabbitRow>,
}

fn list(list: RabbitList, _: &Values<'_>) -> Result<RabbitList, MapError> {
    Ok(list)
}

/// H08 through that class, with nothing declared.
const RABBIT_SHAPE: Mapping = Mapping {
    reader: Wire::of::<RabbitList>(&EXPLICIT_BEAN),
    target: Wire::of::<RabbitList>(&EXPLICIT_BEAN),
    inputs: &[],
    declarations: &[],
    probing: Probing::PLAIN,
    map: Mapper::Values(|values| typed(&EXPLICIT_BEAN, &EXPLICIT_BEAN, values, list)),
    ..connections_connected::MAPPING
};

/// The replay alone, for the gate.
pub(crate) static RABBIT_CATALOGUE: Catalogue = Catalogue { mappings: &[RABBIT_SHAPE], ..tis::CATALOGUE };
